import js from '@eslint/js'
import vueI18n from '@intlify/eslint-plugin-vue-i18n'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import tseslint from 'typescript-eslint'

export default [
  { ignores: ['dist/**', 'node_modules/**', 'src/shared/api/schema.d.ts', 'tests/out/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  ...a11y.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    plugins: { '@intlify/vue-i18n': vueI18n },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: false }],
      '@intlify/vue-i18n/no-raw-text': ['error', { ignorePattern: '^[\\s\\d\\-–—·•:：,，.。、/()（）%+#×✕…→←*|≥≤←→K0-9]*$', ignoreText: ['Ctrl K', 'Esc', 'xlsx', 'csv', 'PNG', '中文', 'English'] }],
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'any', normal: 'any', component: 'always' } }],
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vue/multi-word-component-names': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'vuejs-accessibility/no-static-element-interactions': 'off',
      'vuejs-accessibility/interactive-supports-focus': 'off', // combobox options are reached by aria-activedescendant
      'vuejs-accessibility/form-control-has-label': 'off', // axe checks the real page, where FormField brings the label
      'no-undef': 'off',
    },
  },
  { files: ['tests/**/*.vue'], rules: { '@intlify/vue-i18n/no-raw-text': 'off' } },
  {
    files: ['**/*.{ts,js,mjs,vue}'],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }], 'no-undef': 'off' },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "ImportDeclaration[source.value='element-plus/dist/index.css']", message: 'Import the sheet of the one component that you use.' },
        { selector: "ImportDeclaration[source.value='echarts']", message: 'Use ChartPanel: the full ECharts is too heavy.' },
      ],
    },
  },
]
