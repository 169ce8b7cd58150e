/** A setting that cannot be used: `message` names it and says what it must be. The value is not repeated: it may hold a password. */
export class ConfigFault extends Error {
  override readonly name = "ConfigFault";
  readonly code = "setting";
  readonly remedy: string;
  constructor(message: string, remedy = "Change the setting and start again. Nothing was touched.") {
    super(message);
    this.remedy = remedy;
  }
}
