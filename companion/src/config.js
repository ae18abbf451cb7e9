/** The only address the companion may reach. `visavis companion` writes that of the service here. */
export const SERVICE = "http://127.0.0.1:8000";

/** SHA-256 of all that is packed, written by `visavis companion`: the proof of a consent names it. */
export const BUILD = "source";
