import { expect, test } from "vitest";
import { extensionFaults } from "../testing/own-extensions.ts";
import { pcfFaults } from "../testing/pcf.ts";
import { objectsIn, publishedFaults, referenceFaults } from "../testing/published.ts";
import { PUBLISHED_COUNT, publishedElements } from "../testing/published-files.ts";
import { sampleText } from "../testing/sample.ts";
import { fhirDefinitions } from "./definitions.ts";
import type { Bundle, Resource } from "./resource.ts";

/* What checks exports is checked here: each defect that is planted in a good one is found. */

type Loose = Record<string, unknown>;

const sample = (): Bundle => JSON.parse(sampleText) as Bundle;
const resource = (kind: Resource["resourceType"]): Resource => {
  const found = sample().entry.find((one) => one.resource.resourceType === kind);
  if (found === undefined) throw new Error("the sample has one of each");
  return found.resource;
};

/** A copy of a resource in which every object at a path was spoiled. */
const spoiled = (whole: Resource | Bundle, path: string, spoil: (object: Loose) => void): Resource => {
  const copy = JSON.parse(JSON.stringify(whole)) as Resource;
  const found = objectsIn(copy, copy.resourceType).filter((one) => one.path === path);
  if (found.length === 0) throw new Error(`nothing stands at ${path}`);
  // The objects of a copy that nobody else has.
  for (const { object } of found) spoil(object as Loose);
  return copy;
};

test("the published definitions were read, and find nothing wrong with the sample", () => {
  expect(PUBLISHED_COUNT.definitions).toBeGreaterThan(190);
  expect(PUBLISHED_COUNT.terminologies).toBeGreaterThan(1500);
  const bundle = sample();
  const faults = [bundle, ...bundle.entry.map((one) => one.resource)].flatMap((one) => publishedFaults(one));
  expect([...faults, ...referenceFaults(bundle)]).toEqual([]);
  expect(bundle.entry.flatMap((one) => extensionFaults(one.resource))).toEqual([]);
});

const REQUIRED = [sample(), ...sample().entry.map((one) => one.resource)].flatMap((whole) => {
  const paths = new Set(
    objectsIn(whole, whole.resourceType).flatMap(({ object, path }) =>
      Object.keys(object).map((key) => `${path}.${key}`),
    ),
  );
  return publishedElements(whole.resourceType)
    .filter(({ min, path }) => min > 0 && paths.has(path))
    .map(({ path }) => [path, whole] as const);
});
const ONCE = [...new Map(REQUIRED)];

test("whatever the standard requires of what is written here is among what is taken out below", () => {
  expect(ONCE.map(([path]) => path).toSorted()).toEqual([
    "Bundle.type",
    "Consent.category",
    "Consent.provision.actor.reference",
    "Consent.provision.actor.role",
    "Consent.scope",
    "Consent.status",
    "DocumentReference.content",
    "DocumentReference.content.attachment",
    "DocumentReference.status",
    "Group.actual",
    "Group.member.entity",
    "Group.type",
    "RelatedPerson.patient",
  ]);
});

test.each(ONCE)("without %s a resource is refused", (path, whole) => {
  const at = path.lastIndexOf(".");
  const bad = spoiled(whole, path.slice(0, at), (object) => delete object[path.slice(at + 1)]);
  expect(publishedFaults(bad)).not.toEqual([]);
});

test.each<readonly [string, Resource["resourceType"], string, (object: Loose) => void]>([
  ["no policy (ppc-1)", "Consent", "Consent", (one) => delete one["policy"]],
  ["a status of our own", "Consent", "Consent", (one) => (one["status"] = "signed")],
  ["a type of our own", "Consent", "Consent.provision", (one) => (one["type"] = "allow")],
  ["a meaning of our own", "Consent", "Consent.provision.provision.data", (one) => (one["meaning"] = "said")],
  ["data without a meaning", "Consent", "Consent.provision.provision.data", (one) => delete one["meaning"]],
  ["a purpose that is none", "Consent", "Consent.provision.purpose", (one) => (one["code"] = "TREATING")],
  ["a scope that is none", "Consent", "Consent.scope.coding", (one) => (one["code"] = "privacy")],
  ["a time without a zone", "Consent", "Consent", (one) => (one["dateTime"] = "2030-05-06T07:08:09")],
  ["a day that is none", "Consent", "Consent", (one) => (one["dateTime"] = "2030-02-30")],
  [
    "an end before its beginning",
    "Consent",
    "Consent.provision.period",
    (one) => (one["end"] = "1999-01-01"),
  ],
  ["a field of our own", "Consent", "Consent", (one) => (one["withdrawnBy"] = "Ana")],
  ["an empty list", "Consent", "Consent", (one) => (one["category"] = [])],
  ["one where there are many", "Consent", "Consent", (one) => (one["policy"] = { uri: "urn:a" })],
  ["an empty text", "Patient", "Patient.name", (one) => (one["text"] = "")],
  ["a character that is forbidden", "Patient", "Patient.name", (one) => (one["text"] = "A\u{1b}na")],
  ["a value and more inside (ext-1)", "Consent", "Consent.extension", (one) => (one["valueBoolean"] = true)],
  ["an extension without a name", "Consent", "Consent.extension.extension", (one) => delete one["url"]],
  ["a text for a number", "Consent", "Consent.extension.extension", (one) => (one["valueInteger"] = "3")],
  ["members of no real group (grp-1)", "Group", "Group", (one) => (one["actual"] = false)],
  [
    "data of no kind (att-1)",
    "DocumentReference",
    "DocumentReference.content.attachment",
    (one) => delete one["contentType"],
  ],
  [
    "bytes that are none",
    "DocumentReference",
    "DocumentReference.content.attachment",
    (one) => (one["hash"] = "a*b="),
  ],
  ["a state of our own", "DocumentReference", "DocumentReference", (one) => (one["docStatus"] = "draft")],
])("a resource with %s is refused", (_, kind, path, spoil) => {
  expect(publishedFaults(spoiled(resource(kind), path, spoil))).not.toEqual([]);
});

test.each<readonly [string, (bundle: Loose & { entry: Loose[] }) => void]>([
  ["two entries of one address (bdl-7)", ({ entry }) => entry.push({ ...entry[0] })],
  ["a total without a search (bdl-1)", (bundle) => (bundle["total"] = 3)],
])("a bundle with %s is refused", (_, spoil) => {
  const bundle = sample();
  // A copy of the sample, to be spoiled.
  spoil(bundle as unknown as Loose & { entry: Loose[] });
  expect(publishedFaults(bundle)).not.toEqual([]);
});

test("a reference that leads nowhere, to another kind of thing, or to nobody is found", () => {
  const bundle = sample();
  const patient = bundle.entry.find((one) => one.resource.resourceType === "Patient")?.fullUrl ?? "";
  for (const reference of [{ reference: "urn:uuid:0" }, { reference: patient }, {}]) {
    const entry = bundle.entry.map((one) =>
      one.resource.resourceType === "DocumentReference"
        ? { ...one, resource: { ...one.resource, custodian: reference } }
        : one,
    );
    expect(referenceFaults({ entry })).toHaveLength(1);
  }
});

test.each<readonly [string, string, (object: Loose) => void]>([
  [
    "an extension that nobody defined",
    "Consent",
    (one) => (one["extension"] = [{ url: "https://sotto.example/a" }]),
  ],
  ["no version", "Consent", (one) => (one["extension"] = [])],
  [
    "one twice",
    "Consent",
    (one) => (one["extension"] = [...(one["extension"] as unknown[]), ...(one["extension"] as unknown[])]),
  ],
  [
    "extensions in another place",
    "Consent.policy",
    (one) =>
      (one["extension"] = [{ url: "https://sotto.example/fhir/StructureDefinition/agreement-earlier" }]),
  ],
  ["a field that is not defined", "Consent.extension.extension", (one) => (one["url"] = "reason")],
  [
    "a code that is none",
    "Consent.extension.extension",
    (one) => "valueCode" in one && (one["valueCode"] = "perhaps"),
  ],
  [
    "a value of another type",
    "Consent.extension.extension",
    (one) => delete one["valueCode"] && (one["valueString"] = "unit"),
  ],
  ["nothing inside", "Consent.extension", (one) => (one["extension"] = [])],
  ["a value beside what is inside", "Consent.extension", (one) => (one["valueCode"] = "unit")],
])("by our own definitions a consent with %s is refused", (_, path, spoil) => {
  expect(extensionFaults(resource("Consent"))).toEqual([]);
  expect(extensionFaults(spoiled(resource("Consent"), path, spoil))).not.toEqual([]);
});

test.each<readonly [string, string, (object: Loose) => void]>([
  ...[
    "status",
    "scope",
    "category",
    "patient",
    "dateTime",
    "performer",
    "organization",
    "sourceReference",
    "policy",
    "provision",
  ].map((name) => [`without ${name}`, "Consent", (one: Loose) => delete one[name]] as const),
  ["with verification", "Consent", (one) => (one["verification"] = [{ verified: true }])],
  ["with an action", "Consent.provision", (one) => (one["action"] = [{}])],
  ["with a class", "Consent.provision", (one) => (one["class"] = [{}])],
  ["with a code", "Consent.provision.provision", (one) => (one["code"] = [{}])],
  ["with no type of provision", "Consent.provision", (one) => delete one["type"]],
  ["with another role", "Consent.provision.actor.role.coding", (one) => (one["code"] = "AUT")],
  ["three deep", "Consent.provision.provision", (one) => (one["provision"] = [{ type: "deny" }])],
  [
    "with a label that it has no use for",
    "Consent.provision.provision.securityLabel",
    (one) => (one["code"] = "V"),
  ],
])("a consent %s is not in the shape of PCF", (_, path, spoil) => {
  // A consent, as it was spoiled.
  const faults = (one: Resource): readonly string[] => pcfFaults(one as never);
  expect(faults(resource("Consent"))).toEqual([]);
  expect(faults(spoiled(resource("Consent"), path, spoil))).not.toEqual([]);
});

test("our own definitions are valid themselves", () => {
  const all = fhirDefinitions();
  expect(all.length).toBeGreaterThan(80);
  expect(all.flatMap((one) => publishedFaults(one))).toEqual([]);
  expect(new Set(all.map(({ url }) => url)).size).toBe(all.length);
});
