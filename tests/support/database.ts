/** A fresh database for a test file; see there for what it promises and how to run on Debian's PostgreSQL. */
export { openTestDatabase, type TestDatabase } from "@sotto/server/unsafe-test-database";
