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

// React alone: it changes least. The others follow the pages that use them.
const vendorGroups = [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// }]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), contractRoutes()],
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
