// @ts-check
/** Whether a browser blurs what is behind her by itself, or not, as she likes. @param {any} track */
export const blurs = (track) => track?.getCapabilities?.().backgroundBlur?.length > 1;
