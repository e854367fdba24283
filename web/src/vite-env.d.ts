/// <reference types="vite/client" />

declare module 'virtual:contract-routes' {
  import type { AnyContractRouter } from '@orpc/contract'

  const routes: AnyContractRouter
  export default routes
}

declare module '@fontsource-variable/inter'
declare module '@fontsource-variable/jetbrains-mono'
