/** Advice for people at the window: options of the command line, which stand in brackets, are left out. */
export const withoutOptions = (text: string): string => text.replace(/\s\(--[a-z-]+\)/g, '')
