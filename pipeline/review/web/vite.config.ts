import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

// The server's policy allows files of its own alone: nothing may be inlined.
export default defineConfig({
  base: "./",
  plugins: [vue()],
  build: {
    outDir: process.env["DENGJI_WEB_OUT"] ?? "../../../build/web",
    emptyOutDir: true, // it lies outside this folder,
    target: "chrome92",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
