import { wordlist } from "@scure/bip39/wordlists/english.js";

/**
 * The 2048 words that passphrases and sign-in names are made of: the English list of BIP 39. No two words share their
 * first four letters, and each word is worth 11 bits.
 */
export const PASSPHRASE_WORDS: readonly string[] = wordlist;
