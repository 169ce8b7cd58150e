/** Where the guard of this build lies. The build puts it in: the guard is built first, since its name is made of its bytes. */
declare const GUARD_ADDRESS: string;
