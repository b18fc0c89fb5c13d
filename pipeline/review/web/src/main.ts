import { createApp } from "vue";
import App from "./App.vue";
import "./styles/base.css";
import "./styles/lists.css";
import "./styles/bench.css";
import "./styles/panels.css";
import { follow } from "./shell/places";

follow();
createApp(App).mount("#app");
