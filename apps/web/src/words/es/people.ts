import type { Spoken } from "../spoken.ts";

type Catalogue = Spoken["catalogue"];

export const roles: Catalogue["roles"] = {
  adult: "Persona adulta",
  teen: "Adolescente",
  child: "Niño o niña",
  guardian: "Tutor o tutora",
  collateral: "Alguien que ayuda",
};

export const roleHints: Catalogue["roleHints"] = {
  adult: "Tiene una sala privada contigo.",
  teen: "Tiene una sala privada contigo. Ningún otro adulto ve que está ahí.",
  child: "Tiene una sala privada contigo.",
  guardian: "Cuida a un menor. No lee nada de la sala privada del menor.",
  collateral: "Maestra, abuelo. Tiene una sala privada contigo, y ninguna otra hasta que tú la abras.",
};

export const staffRoles: Catalogue["staffRoles"] = {
  therapist: "Terapeuta",
  "privacy-officer": "Responsable de privacidad",
  staff: "Otro personal",
};

export const staffRoleHints: Catalogue["staffRoleHints"] = {
  therapist: "Atiende a familias. Ve una familia solo si es suya, o si la añades a ella.",
  "privacy-officer": "Cuida cómo guarda la consulta lo que le cuentan. No ve las salas de ninguna familia.",
  staff: "Ve la sala de la consulta, y ninguna sala de una familia.",
};

export const relations: Catalogue["relations"] = {
  "partner-of": "Pareja de",
  "guardian-of": "Cuida a",
  "sibling-of": "Hermano o hermana de",
};

export const channels: Catalogue["channels"] = {
  email: "Correo",
  phone: "Teléfono",
  "in-person": "Solo en persona",
};

export const verifications: Catalogue["verifications"] = {
  unknown: "Nadie que conozcas vio quién es",
  introduced: "Entró por tu terapeuta",
  invitation: "Entró con el código de su invitación",
  "in-person": "Visto en persona",
};
