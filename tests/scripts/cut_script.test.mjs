// What is left of Pyodide's script: all that something reaches.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cutScript } from "../../generator/pyodide/cut_script.mjs";

const cut = (body, imported = [], words = []) => {
  const script = `var make=(()=>{return (function(Module){${body}})})();`;
  const text = cutScript(script, new Set(imported), new Set(words));
  return text.slice("var make=(()=>{return (function(Module){".length, -"})})();".length);
};

test("what the interpreter does not import goes, with all that only it reaches", () => {
  const body =
    "var wasmImports={draw:_draw,read:_read,play:_play};" +
    "function _draw(){screen()}_draw.sig='v';var screen=()=>0;" +
    "function _read(){return file()}_read.sig='v';var file=()=>1;" +
    "var _play=()=>{};_play.sig='v';start(wasmImports);";
  assert.equal(
    cut(body, ["read"]),
    "var wasmImports={read:_read,};function _read(){return file()}_read.sig='v';var file=()=>1;start(wasmImports);",
  );
});

test("a property of the module stays where its name is read, in either script", () => {
  const body =
    "var a=()=>0;var b=()=>0;var c=()=>0;" +
    'Module["a"]=a;Module["b"]=b;Module["c"]=c;Module.a();';
  assert.equal(
    cut(body, [], ["b"]),
    'var a=()=>0;var b=()=>0;Module["a"]=a;Module["b"]=b;Module.a();',
  );
});

test("a value that does something while it is made stays, with what it names", () => {
  const body = "var count=()=>0;var total=count();var table={count};let spare={};class Kept{}";
  assert.equal(cut(body), "var count=()=>0;var total=count();class Kept{}");
});
