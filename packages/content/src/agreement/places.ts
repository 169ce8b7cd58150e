import type { Place, PlaceTelling } from "@sotto/domain";

/**
 * What the law of a place says of minors in treatment, distilled from the reference data. Reference data and no legal advice: it is shown to whoever composes an
 * agreement, and decides nothing. What is not verified, or only weakly supported, is to be confirmed with counsel.
 */
export interface AgreementPlace {
  /** The code of the place's law in the reference data. */
  readonly code: string;
  readonly name: string;
  /** From which age a minor may consent alone; null where none is fixed or said. */
  readonly minorAge: number | null;
  readonly conditions: readonly string[];
  readonly sessionLimits: string | null;
  /** What guardians may be told, in the words of the reference data. */
  readonly rule: string;
  /** The same, sorted into kinds by us. */
  readonly telling: readonly PlaceTelling[];
  readonly citation: string;
  /** Somebody has seen a public source that says so. */
  readonly verified: boolean;
  /** The latest date for which the source speaks. */
  readonly asOf: string;
  readonly confidence: "high" | "medium" | "low";
  /** Which part of it no source was seen for, and what else to know. */
  readonly notes: string | null;
}

/** Compiled on 2026-11-23. Federal law and law of several countries are among them: more than one may apply to one family. */
export const AGREEMENT_PLACES: readonly AgreementPlace[] = [
  {
    code: "US-HIPAA",
    name: "United States - HIPAA (federal)",
    minorAge: null,
    conditions: ["Follow State law on who may consent"],
    sessionLimits: null,
    rule: "Parent is normally the personal representative. Parent is NOT the personal representative for a service when (A) the minor consented, no other consent is required by law, and the minor has not asked for the parent to be treated as representative; (B) the minor may lawfully get the care without parental consent and the minor, a court or another authorised person consents; or (C) the parent agreed to confidentiality between provider and minor. State law that permits, requires or prohibits disclosure to a parent controls; if it is silent, a licensed professional may decide. May refuse to treat a person as representative where abuse, neglect or endangerment is reasonably believed.",
    telling: ["other-law"],
    citation: "45 CFR 164.502(g)(3), (g)(5)",
    verified: true,
    asOf: "2002-08",
    confidence: "high",
    notes:
      "Stored excerpt shows (g)(1) to (g)(3)(i)(A) and start of (B); the remainder is [from general knowledge, unverified here].",
  },
  {
    code: "US-42CFR2",
    name: "United States - 42 CFR Part 2 (substance use disorder records)",
    minorAge: null,
    conditions: [
      "Where State law lets the minor alone apply for and obtain SUD treatment, only the minor may consent to disclosure, including disclosure to a parent",
      "Where State law requires parental consent, both minor and parent must consent to disclosure",
    ],
    sessionLimits: null,
    rule: "See conditions",
    telling: ["by-consent"],
    citation: "42 CFR 2.14",
    verified: false,
    asOf: "2024-04-16",
    confidence: "medium",
    notes: "[from general knowledge, unverified here]",
  },
  {
    code: "EU-GDPR",
    name: "European Union - General Data Protection Regulation",
    minorAge: null,
    conditions: [
      "Capacity and age of consent to therapy are national law",
      "Art 8 (13 to 16 for online services) does not make parental consent necessary for preventive or counselling services offered directly to a child (Recital 38)",
    ],
    sessionLimits: null,
    rule: "National law; weigh the child's own data-protection rights",
    telling: ["other-law"],
    citation: "GDPR Art 8, Recital 38",
    verified: false,
    asOf: "2016",
    confidence: "medium",
    notes: "[from general knowledge, unverified here]",
  },
  {
    code: "UK-GDPR",
    name: "United Kingdom - UK GDPR and Data Protection Act 2018",
    minorAge: 16,
    conditions: [
      "16 and 17: presumed able to consent to treatment (England and Wales)",
      "Under 16: if Gillick competent (enough understanding and intelligence for the decision)",
      "Scotland: under 16 if capable of understanding (Age of Legal Capacity (Scotland) Act 1991 s 2(4))",
    ],
    sessionLimits: null,
    rule: "A competent young person's confidence is respected; encourage involving parents; safeguarding overrides",
    telling: ["minor-decides"],
    citation: "Family Law Reform Act 1969 s 8; Gillick v West Norfolk and Wisbech AHA [1986] AC 112",
    verified: false,
    asOf: "2025",
    confidence: "medium",
    notes: "[from general knowledge, unverified here]",
  },
  {
    code: "CA-PIPEDA",
    name: "Canada - PIPEDA (federal private sector)",
    minorAge: null,
    conditions: [
      "Ontario: no fixed age; capacity decides (Health Care Consent Act 1996 s 4)",
      "Quebec: 14 and over may consent alone (Civil Code art 14)",
      "Others vary: capacity or mature-minor tests, British Columbia Infants Act s 17",
    ],
    sessionLimits: null,
    rule: "Capable minor controls the information",
    telling: ["minor-decides"],
    citation: "Provincial law",
    verified: false,
    asOf: "2024",
    confidence: "medium",
    notes: "[from general knowledge, unverified here]",
  },
  {
    code: "AU-NDB",
    name: "Australia - Privacy Act 1988 Part IIIC, Notifiable Data Breaches scheme",
    minorAge: null,
    conditions: [
      "Mature minor (Gillick) test at common law; about 15 to 16 and over usually presumed capable under privacy guidance",
      "South Australia: 16 and over by statute; New South Wales: 14 and over, consent gives a defence",
    ],
    sessionLimits: null,
    rule: "Capable minor controls their information",
    telling: ["minor-decides"],
    citation:
      "Secretary, Department of Health v JWB and SMB (Marion's Case) (1992) 175 CLR 218; Consent to Medical Treatment and Palliative Care Act 1995 (SA) s 6",
    verified: false,
    asOf: "2024",
    confidence: "medium",
    notes: "[from general knowledge, unverified here]",
  },
  {
    code: "US-CA",
    name: "California",
    minorAge: 12,
    conditions: ["Attending professional's opinion: mature enough to participate intelligently"],
    sessionLimits: null,
    rule: "Parent or guardian is to be involved unless the professional, AFTER CONSULTING THE MINOR, decides it would be inappropriate; record whether and when contact was attempted. Where the minor could lawfully consent, the parent has no right of access to those records.",
    telling: ["minor-decides", "guardians-take-part"],
    citation: "Cal. Fam. Code 6924; Cal. Health & Safety Code 124260, 123115(a)",
    verified: true,
    asOf: "2024-07-01",
    confidence: "high",
    notes:
      "Record-access point from CPH Insurance, 'Parental Access To Records' (June 2012). Excludes psychotropic medication, convulsive therapy and psychosurgery without parent [from general knowledge, unverified here].",
  },
  {
    code: "US-NY",
    name: "New York",
    minorAge: null,
    conditions: [
      "Outpatient programme licensed or operated by the Office of Mental Health",
      "Minor knowingly and voluntarily seeks services",
      "Services clinically indicated and necessary to well-being",
      "AND one of: parent not reasonably available; requiring parental involvement would be detrimental to treatment; parent refused and a physician finds treatment necessary and in the minor's best interests",
    ],
    sessionLimits: null,
    rule: "Important role of parents recognised; involve them as clinically appropriate; document reasons",
    telling: ["guardians-take-part"],
    citation: "N.Y. Mental Hyg. Law 33.21",
    verified: true,
    asOf: "2024",
    confidence: "high",
    notes:
      "Excerpts stop in the middle of (c); the 'one of' list is [from general knowledge, unverified here]. NYCLU states the position outside OMH-licensed settings is unresolved. Newer text also excludes homeless youth from 'minor'.",
  },
  {
    code: "US-TX",
    name: "Texas",
    minorAge: null,
    conditions: [
      "Counselling for suicide prevention; OR chemical addiction or dependency; OR sexual, physical or emotional abuse",
      "Not if a court order prohibits",
    ],
    sessionLimits: null,
    rule: "Professional MAY advise the parent of treatment given or needed, with or without the child's consent",
    telling: ["professional-may-tell"],
    citation: "Tex. Fam. Code 32.004",
    verified: true,
    asOf: "1995-04-20",
    confidence: "high",
    notes: "Professional may rely on the child's written statement of the grounds.",
  },
  {
    code: "US-FL",
    name: "Florida",
    minorAge: 13,
    conditions: [
      "Emotional crisis to such degree that the minor perceives the need for professional help",
      "Outpatient diagnostic and evaluative services, or crisis intervention, therapy and counselling",
      "No medication, other somatic methods, aversive stimuli or substantial deprivation",
    ],
    sessionLimits:
      "No more than 2 visits in any 1-week period in response to a crisis before parental consent",
    rule: "Parental participation when the professional finds it appropriate; parental consent needed beyond the visit limit",
    telling: ["guardians-take-part"],
    citation: "Fla. Stat. 394.4784",
    verified: true,
    asOf: "2024-10-31",
    confidence: "high",
    notes: null,
  },
  {
    code: "US-WA",
    name: "Washington",
    minorAge: 13,
    conditions: [],
    sessionLimits: null,
    rule: "Parental authorisation required under 13. For adolescents, disclosure to parents is controlled by RCW 70.02 and 71.34; family-initiated treatment allows limited information sharing",
    telling: ["other-law"],
    citation: "RCW 71.34.530",
    verified: true,
    asOf: "2019",
    confidence: "high",
    notes:
      "Parent-information detail is [from general knowledge, unverified here]. A separate family-initiated route lets parents bring an adolescent without the adolescent's consent.",
  },
  {
    code: "US-CO",
    name: "Colorado",
    minorAge: 12,
    conditions: [
      "Minor is knowingly and voluntarily seeking the services",
      "Services are clinically indicated and necessary to well-being",
    ],
    sessionLimits: null,
    rule: "May notify parent with the minor's consent, unless inappropriate or detrimental; must discuss and encourage parental involvement; may notify without consent if the minor cannot manage their care; must notify if the minor expresses suicidal intent; document attempts",
    telling: ["minor-decides", "guardians-take-part"],
    citation: "Colo. Rev. Stat. 12-245-203.5",
    verified: true,
    asOf: "2024",
    confidence: "high",
    notes: "Suicidal-intent duty seen on a practitioner page citing the section.",
  },
  {
    code: "US-IL",
    name: "Illinois",
    minorAge: 12,
    conditions: ["Minor requests outpatient counselling or psychotherapy"],
    sessionLimits:
      "Under 17 without parental consent: up to 8 sessions of 90 minutes; by the 8th the provider must decide, with the minor, whether seeking parental consent would be detrimental; if so, sessions may go on",
    rule: "Parent not informed without the minor's consent, unless the provider finds disclosure necessary and tells the minor",
    telling: ["minor-decides"],
    citation: "405 ILCS 5/3-5A-105 (now cited as 5/3-550)",
    verified: true,
    asOf: "2018-07-20",
    confidence: "high",
    notes:
      "Renumbering to 3-550 and the detail of continuing after session 8 are [from general knowledge, unverified here]. Records of 12 to 17 year olds have their own access rule in 740 ILCS 110/4 [from general knowledge, unverified here].",
  },
  {
    code: "US-PA",
    name: "Pennsylvania",
    minorAge: 14,
    conditions: [
      "Minor may consent alone to outpatient examination and treatment",
      "Parent may also consent for any minor under 18 without the minor's consent",
    ],
    sessionLimits: null,
    rule: "Who consented controls release of records (35 P.S. 10101.2)",
    telling: ["by-consent"],
    citation: "35 P.S. 10101.1",
    verified: true,
    asOf: "2020-09-21",
    confidence: "high",
    notes:
      "Neither may undo the other's consent. HB 83 (2025) proposed 16; not confirmed as enacted. Records rule 10101.2 is [from general knowledge, unverified here].",
  },
  {
    code: "US-OR",
    name: "Oregon",
    minorAge: 14,
    conditions: ["Outpatient diagnosis or treatment by a listed licensed provider (includes LPC and LMFT)"],
    sessionLimits: null,
    rule: "Parents must be involved before the end of treatment unless they refuse or there are documented clear clinical indications to the contrary, or sexual abuse by a parent, or the minor is emancipated or self-sustaining and apart for 90 days. Disclosure to parents is governed by ORS 109.680",
    telling: ["guardians-take-part", "other-law"],
    citation: "Or. Rev. Stat. 109.675",
    verified: true,
    asOf: "2023",
    confidence: "high",
    notes: null,
  },
  {
    code: "US-MD",
    name: "Maryland",
    minorAge: 12,
    conditions: [
      "Provider determines the minor is mature and capable of giving informed consent",
      "Under 16: no prescription medication on own consent",
    ],
    sessionLimits: null,
    rule: "Provider MAY, but need not, inform a parent even over objection, unless it would lead to harm to the minor or deter the minor from seeking care",
    telling: ["professional-may-tell"],
    citation: "Md. Code, Health-Gen. 20-104",
    verified: true,
    asOf: "2021-10-01",
    confidence: "high",
    notes: null,
  },
  {
    code: "US-OH",
    name: "Ohio",
    minorAge: 14,
    conditions: ["At the minor's request", "No medication"],
    sessionLimits:
      "6 sessions or 30 days, whichever comes sooner; then stop or, with the minor's consent, ask the parent",
    rule: "Parent not informed without the minor's consent unless there is a compelling need based on substantial probability of harm AND the minor is told first",
    telling: ["minor-decides"],
    citation: "Ohio Rev. Code 5122.04",
    verified: true,
    asOf: "2016-10-10",
    confidence: "high",
    notes:
      "House Bill 172 (same as Senate Bill 274), 2025-26 session, would repeal this section; second House committee hearing was on 22 October 2025 and no later status was found. Check before relying on it.",
  },
  {
    code: "US-CT",
    name: "Connecticut",
    minorAge: null,
    conditions: [
      "Requiring parental consent or notice would cause the minor to reject treatment",
      "Treatment clinically indicated",
      "Failure to treat would be seriously detrimental",
      "Knowingly and voluntarily sought",
      "Mature enough to participate productively",
      "Signed statement by the minor in the record",
    ],
    sessionLimits: "None since 1 July 2021 (before that: review after 6 sessions)",
    rule: "Provider may not notify or disclose to a parent without the minor's consent (exceptions added 2021)",
    telling: ["minor-decides"],
    citation: "Conn. Gen. Stat. 19a-14c",
    verified: true,
    asOf: "2021-07-01",
    confidence: "high",
    notes: null,
  },
  {
    code: "US-VA",
    name: "Virginia",
    minorAge: null,
    conditions: [
      "Outpatient care, treatment or rehabilitation for mental illness or emotional disturbance: minor deemed an adult for consent",
    ],
    sessionLimits: null,
    rule: "Minor's own consent needed to disclose in general; parents keep some access rights under Va. Code 20-124.6 and 32.1-127.1:03",
    telling: ["minor-decides", "other-law"],
    citation: "Va. Code 54.1-2969(E)(4)",
    verified: false,
    asOf: "2024",
    confidence: "medium",
    notes:
      "Guttmacher's 2000 table lists Virginia as allowing minor consent to outpatient mental health services. [from general knowledge, unverified here]",
  },
  {
    code: "US-MI",
    name: "Michigan",
    minorAge: 14,
    conditions: ["At the minor's request", "No psychotropic drugs or pregnancy-termination referral"],
    sessionLimits: "12 sessions or 4 months per request, whichever comes first",
    rule: "Parent not informed without the minor's consent unless compelling need based on substantial probability of harm, and minor is told",
    telling: ["minor-decides"],
    citation: "Mich. Comp. Laws 330.1707",
    verified: false,
    asOf: "2024",
    confidence: "medium",
    notes:
      "Guttmacher's 2000 table marks Michigan with a 14-year limit. [from general knowledge, unverified here]",
  },
  {
    code: "US-NC",
    name: "North Carolina",
    minorAge: null,
    conditions: ["Prevention, diagnosis and treatment of emotional disturbance"],
    sessionLimits: null,
    rule: "Provider may inform parents if essential to life or health of the minor, or if the parent asks and the provider agrees",
    telling: ["professional-may-tell"],
    citation: "N.C. Gen. Stat. 90-21.5, 90-21.4",
    verified: false,
    asOf: "2023",
    confidence: "medium",
    notes:
      "Parents' Bill of Rights (S.L. 2023-106) tightened general parental-consent rules; check the interaction. [from general knowledge, unverified here]",
  },
  {
    code: "US-NJ",
    name: "New Jersey",
    minorAge: 16,
    conditions: [
      "Believes self to be suffering from a mental illness or emotional disorder; outpatient behavioural care",
      "No medication",
    ],
    sessionLimits: null,
    rule: "Treatment confidential; parent not told without consent",
    telling: ["minor-decides"],
    citation: "N.J. Stat. 9:17A-4",
    verified: false,
    asOf: "2016",
    confidence: "medium",
    notes: "[from general knowledge, unverified here]",
  },
  {
    code: "US-MA",
    name: "Massachusetts",
    minorAge: 16,
    conditions: [
      "Outpatient programmes licensed by the Department of Mental Health (regulation); otherwise mature-minor doctrine and M.G.L. c. 112 s 12F",
    ],
    sessionLimits: null,
    rule: "Mature minor controls where own consent valid",
    telling: ["minor-decides"],
    citation: "104 CMR 25.00 series; M.G.L. c. 112 s 12F",
    verified: false,
    asOf: "2023",
    confidence: "low",
    notes: "[from general knowledge, unverified here]",
  },
  {
    code: "US-TN",
    name: "Tennessee",
    minorAge: 16,
    conditions: ["Serious emotional disturbance or mental illness; outpatient"],
    sessionLimits: null,
    rule: "See conditions",
    telling: ["other-law"],
    citation: "Tenn. Code 33-8-202",
    verified: false,
    asOf: "2024",
    confidence: "low",
    notes:
      "The Families' Rights and Responsibilities Act (2024) restricted treatment of minors without parental consent; do not rely on the older rule without counsel. [from general knowledge, unverified here]",
  },
];

/** True when counsel should confirm it before it is relied on. */
export function isForCounsel(place: Pick<AgreementPlace, "verified" | "confidence">): boolean {
  return !place.verified || place.confidence === "low";
}

/** A place as an agreement carries it. What only counsel can confirm is not verified there. */
export function placeOf(place: AgreementPlace): Place {
  const { asOf, citation, code, conditions, minorAge, name, sessionLimits, telling } = place;
  return {
    code,
    name,
    minorAge,
    hasConditions: conditions.length > 0 || sessionLimits !== null,
    telling,
    citation,
    verified: !isForCounsel(place),
    asOf,
  };
}
