// The page /blow: counting at the machines, with or without a connection.
import { start } from "./floor/app";

start(document.getElementById("floor"));
