/**
 * What came of handing something over. `gone`: this device takes no more pushes. `refused`: the mail server does not take this address. `failed`: not
 * now; the same may go through later.
 */
export type Delivery = "sent" | "gone" | "refused" | "failed";
