/** A file as a device hands it to the client: bytes, and what the sender's side says of them. */
export interface MadeFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly picture: { readonly width: number; readonly height: number } | null;
  readonly durationMs: number | null;
  /** A small JPEG. */
  readonly preview: Uint8Array<ArrayBuffer> | null;
}

/** A file of the story. Its bytes are made when it is sent: nobody's photo, voice or paper is in here. */
export interface StoryFile {
  readonly name: string;
  readonly make: () => MadeFile;
}
