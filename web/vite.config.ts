import { minifyContractRouter } from '@orpc/contract'
import { contract } from '@dashboard/contract/contract.ts'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const virtualId = 'virtual:contract-routes'

/** Gives the browser the routes of the contract as plain data: the zod schemas stay out of the bundle. */
const contractRoutes = (): Plugin => ({
  name: 'contract-routes',
  resolveId: (id) => (id === virtualId ? `\0${virtualId}` : null),
  load: (id) => (id === `\0${virtualId}` ? `export default ${JSON.stringify(minifyContractRouter(contract))}` : null),
})

/**
 * Parts of Material UI that the data grid would load for its filter panel, toolbar, column menu, footer and editing. The
 * resources page has its own filter line, column menu and paging and turns those off, and they are a fifth of the page's
 * code. One that is asked for after all says so instead of staying blank.
 */
const unusedByGrid = [
  'Autocomplete',
  'Badge',
  'Chip',
  'FormControl',
  'FormControlLabel',
  'InputAdornment',
  'InputBase',
  'InputLabel',
  'LinearProgress',
  'ListItemIcon',
  'ListItemText',
  'MenuItem',
  'MenuList',
  'Select',
  'Skeleton',
  'Switch',
  'Tab',
  'TablePagination',
  'Tabs',
  'TextField',
  'TextareaAutosize',
  'ToggleButton',
].map((name) => `@mui/material/${name}`)

const leftOut = `
export default function LeftOut() { throw new Error('This part of the grid is left out of the bundle: see unusedByGrid in vite.config.ts.') }
export const formControlLabelClasses = {}, inputAdornmentClasses = {}, inputBaseClasses = {}, listItemTextClasses = {}, tablePaginationClasses = {}
`

const slimGrid = (): Plugin => ({
  name: 'slim-grid',
  apply: 'build',
  enforce: 'pre',
  resolveId: (id, importer) =>
    unusedByGrid.includes(id) && importer?.includes('/@mui/x-data-grid/') ? '\0left-out' : null,
  load: (id) => (id === '\0left-out' ? leftOut : null),
})

// React alone: it changes least. The grid and the others follow the pages that use them.
const vendorGroups = [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// }]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), contractRoutes(), slimGrid()],
  build: {
    target: 'es2022',
    // The policy is `img-src data:` but `font-src 'self'`: nothing is inlined, so that every asset obeys one rule.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups: vendorGroups } } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8080' } },
})
