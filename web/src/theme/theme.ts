import { createTheme } from '@mui/material/styles'

/** The same values as in `base.css`, which also paints what stands before MUI loads. They pass axe's contrast rules. */
const light = {
  background: '#F6F7F8',
  surface: '#FFFFFF',
  text: '#14181D',
  muted: '#535E6B',
  line: '#E2E6EA',
  accent: '#0B5FA8',
  ok: '#1A7244',
  warn: '#8A5A00',
  bad: '#B3261E',
}
const dark = {
  background: '#0E1116',
  surface: '#151A21',
  text: '#E7EBF0',
  muted: '#98A4B3',
  line: '#262D37',
  accent: '#6FB3F2',
  ok: '#5CC48B',
  warn: '#E2B04A',
  bad: '#F28B82',
}

const scheme = (colours: typeof light) => ({
  palette: {
    primary: { main: colours.accent },
    background: { default: colours.background, paper: colours.surface },
    text: { primary: colours.text, secondary: colours.muted },
    divider: colours.line,
    success: { main: colours.ok },
    warning: { main: colours.warn },
    error: { main: colours.bad },
    info: { main: colours.accent },
  },
})

/** Dense and calm: lines instead of shadows, no ripple, no capitals, radius 4. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: { light: scheme(light), dark: scheme(dark) },
  spacing: 4,
  shape: { borderRadius: 4 },
  typography: {
    fontFamily: '"Inter Variable", system-ui, sans-serif',
    fontSize: 13,
    h1: { fontSize: 20, fontWeight: 600, lineHeight: '28px', letterSpacing: '-0.01em' },
    h2: { fontSize: 13, fontWeight: 600, lineHeight: '20px' },
    body1: { fontSize: 13, lineHeight: '20px' },
    body2: { fontSize: 12, lineHeight: '16px' },
    button: { textTransform: 'none', fontWeight: 500, fontSize: 13 },
  },
  transitions: {
    duration: {
      shortest: 80,
      shorter: 100,
      short: 120,
      standard: 140,
      complex: 140,
      enteringScreen: 140,
      leavingScreen: 100,
    },
  },
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { disableElevation: true, size: 'small', variant: 'outlined' },
      styleOverrides: {
        root: { height: 30, paddingInline: 10, minWidth: 0, whiteSpace: 'nowrap', letterSpacing: 0 },
        outlined: {
          color: 'var(--text)',
          borderColor: 'var(--line-strong)',
          background: 'var(--surface)',
          '&:hover': { background: 'var(--hover)', borderColor: 'var(--line-strong)' },
        },
        text: { color: 'var(--accent)' },
      },
    },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: 'none', border: '1px solid var(--line)' } },
    },
    MuiDialog: { styleOverrides: { paper: { boxShadow: 'var(--float)' } } },
    MuiMenu: { styleOverrides: { paper: { boxShadow: 'var(--float)' } } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: 13, minHeight: 30, paddingBlock: 4 } } },
  },
})
