/** Whoever holds Ctrl may be about to press K: the palette is there before the first letter. */
export const loadPalette = () => import('./palette-dialog.tsx')
