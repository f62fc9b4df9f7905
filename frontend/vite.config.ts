import { copyFileSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const entries = ["base", "resident", "desk", "field", "map", "lifecycle"];

// PDFs are set by typst on the server, which needs whole font files; browsers never load these.
const pdfFonts = [
  "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
  "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
];

function pdfFontFiles(): Plugin {
  return {
    name: "pdf-fonts",
    writeBundle(output) {
      const folder = resolve(output.dir ?? ".", "fonts-pdf");
      mkdirSync(folder, { recursive: true });
      for (const font of pdfFonts) {
        const source = resolve(import.meta.dirname, "node_modules/@expo-google-fonts", font);
        copyFileSync(source, resolve(folder, font.split("/").pop()!));
      }
    },
  };
}

export default defineConfig({
  // Relative, so that the files work under whatever STATIC_URL they are served from.
  base: "./",
  publicDir: false,
  plugins: [pdfFontFiles()],
  worker: { format: "es" },
  build: {
    outDir: process.env.BUILD_DIR ?? "../rixin/config/static_build",
    emptyOutDir: true,
    manifest: "manifest.json",
    // An icon inside the CSS as data: would be refused nowhere, but a separate file is cached once for all pages.
    assetsInlineLimit: 0,
    target: ["chrome87", "safari14", "firefox90"],
    // The map and the graph drawing are large by nature and load only where they are shown.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: [
        ...entries.map((name) => resolve(import.meta.dirname, `src/${name}.ts`)),
        resolve(import.meta.dirname, "src/worker.ts"),
      ],
      output: {
        // The worker keeps one address for ever: a browser compares its bytes to learn of a new version.
        entryFileNames: (chunk) => (chunk.name === "worker" ? "worker.js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
