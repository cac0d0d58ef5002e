namespace DualDb.Testing.Supabase;

/// <summary>
/// Where Supabase Lite answers otherwise than PostgREST does, because values pass through JavaScript's numbers and texts on their way: these places are
/// replaced when the packages are installed, so that tests see what a hosted project shows. Each text is there exactly as often as it says, since the lock file
/// pins the packages to their digests.
/// </summary>
internal static class LiteCorrections
{
    private const string Server = "node_modules/@supabase/lite/dist/index.js";
    private const string Connection = "node_modules/@supabase/lite/dist/db/postgres/PostgresConnection.js";
    private const string Driver = "node_modules/postgres/src/types.js";

    public static IReadOnlyList<LiteCorrection> All { get; } =
    [
        // A filter's value is text to the end of the parameter; Lite trims it, takes quotes off, and makes numbers, null, true and objects of it.
        new(Server, "function at(t,e){", "function at(t,e){return t;"),
        new(Server, """if((t==="$eq"||t==="$neq")&&e.startsWith("{")&&e.endsWith("}"))""", "if(false)"),

        new(Server, """if(t==="$isDistinct")return e.startsWith("{")?cn(e):e;""", """if(t==="$isDistinct")return e;"""),

        // Within and=(…) and or=(…) a value may be quoted, with \" and \\ in it, and parentheses between quotes do not count.
        new(Server, "u=o.slice(l+1),f=al(u);", """u=o.slice(l+1).replace(/^((?:not\.)?[a-z]+(?:\([^)]*\))?\.)"((?:[^"\\]|\\.)*)"$/s,(m,a,b)=>a+b.replace(/\\(.)/gs,"$1")),f=al(u);"""),
        new(Server, """for(let o of t)if(o==='"'&&!s?s=true:""", """let q=false;for(let o of t)if(q?q=false:s&&o==="\\"?q=true:o==='"'&&!s?s=true:"""),
        new(Server, """let n=0;for(let r of e)r==="("?n++:""", """let n=0;for(let r of e.replace(/"(?:[^"\\]|\\.)*"/gs,""))r==="("?n++:"""),

        new(
            Server,
            """let l=o.indexOf(".");if(l===-1)throw new Error(`Invalid filter expression""",
            """let l=o.startsWith('"')?/^"(?:[^"\\]|\\.)*"?/s.exec(o)[0].length:o.indexOf(".");if(l===-1)throw new Error(`Invalid filter expression"""),
        new(Server, "c=Rd(o.slice(0,l),{stopAtSpace:true});Cd(c);", """c=o.startsWith('"')?name_(o.slice(0,l)):Rd(o.slice(0,l),{stopAtSpace:true});o.startsWith('"')||Cd(c);"""),

        // Names in quotes may hold what else ends a name, in every parameter. Those of orders and column lists are out of the way while these are split.
        new(Server, "let r=Rd(dS(t),{stopAtSpace:false});Cd(r);", """let r=/^"(?:[^"\\]|\\.)*"$/s.test(t)?name_(t):Rd(dS(t),{stopAtSpace:false});t.startsWith('"')||Cd(r);"""),
        new(
            Server,
            """for(;!Ie(t)&&J(t)!=='"';)r+=J(t),W(t);if(Ie(t))throw new Error(`Missing closing quote""",
            """for(;!Ie(t)&&J(t)!=='"';)J(t)==="\\"&&W(t),r+=J(t),W(t);if(Ie(t))throw new Error(`Missing closing quote"""),
        new(
            Server,
            "function cl(t){return mS(t).map(({entry:e,start:n},r)=>{let s=r===0?e.trim():e.trimEnd(),i=r===0?n+e.length-e.trimStart().length:n;return hS(s,t,i)})}",
            """
            function name_(t){return t.slice(1,-1).replace(/\\(.)/gs,"$1")}
            function hide_(t){return t.replace(/"(?:[^"\\]|\\.)*"/gs,m=>"q_"+Buffer.from(name_(m)).toString("hex")+"_q")}
            function show_(t){return t.replace(/q_((?:[0-9a-f]{2})*)_q/g,(m,a)=>Buffer.from(a,"hex").toString())}
            function cl(t){t=hide_(t);return mS(t).map(({entry:e,start:n},r)=>{let s=r===0?e.trim():e.trimEnd(),i=r===0?n+e.length-e.trimStart().length:n,o=hS(s,t,i);o.column=show_(o.column);return o})}
            """),
        new(Server, """function gS(t,e){let n=e.split(",").map(r=>yS(r));""", """function gS(t,e){let n=hide_(e).split(",").map(r=>yS(r));"""),
        new(Server, """function wS(t){let e=t.split(",").map(n=>n.trim());""", """function wS(t){let e=hide_(t).split(",").map(n=>n.trim());"""),
        new(Server, """return e.map(n=>n.replace(/[!@/\\~[\]()\t ].*$/,""))}async function Li(""", """return e.map(n=>show_(n.replace(/[!@/\\~[\]()\t ].*$/,"")))}async function Li("""),
        new(Server, "\"unexpected input\");return n}function yS", "\"unexpected input\");return n.map(show_)}function yS"),

        // Two conditions on one column hold both, also where the operator is the same.
        new(
            Server,
            "for(let s of e){let i=al(s);n[r]?Object.assign(n[r],i):n[r]=i;}",
            "for(let s of e){let i=al(s);n[r]?Object.keys(i).some(k=>k in n[r])?n.$and=[...(n.$and??[]),{[r]:i}]:Object.assign(n[r],i):n[r]=i;}"),
        new(Server, "n[`$${t}`]=i;return", "n[`$${t}`]=t===\"and\"&&n.$and?[].concat(n.$and,i):i;return"),

        // A number that comes as text is PostgreSQL's to read; Lite makes a double of it first.
        new(Server, "function oo(t,e){", "function oo(t,e){return t;"),

        // What goes into a json column is JSON text, whatever its kind, and what goes into an array an array's literal.
        new(
            Server,
            "function I_(t,e,n){if(t==null)return t;let r=e?.toLowerCase().trim();",
            """
            function lit_(t){return "{"+t.map(x=>x===null?"NULL":Array.isArray(x)?lit_(x):'"'+(typeof x=="object"?json_(x):text_(String(x))).replace(/[\\"]/g,"\\$&")+'"').join(",")+"}"}
            function I_(t,e,n){if(t==null)return t;let r=e?.toLowerCase().trim();if(n!=="sqlite"){if(r==="json"||r==="jsonb")return json_(t);if(Array.isArray(t)&&Zr(e)==="array")return lit_(t);t=text_(t)}
            """),
        new(Server, "function ao(t){return t==null||typeof t==\"string\"?t:JSON.stringify(t)}", "function ao(t){return t==null||typeof t==\"string\"?text_(t):json_(t)}"),
        new(Server, "E===\"array\"&&!Array.isArray(_)?ao(_):_;", "E===\"array\"&&!Array.isArray(_)?ao(_):text_(_);"),

        // Numbers that a double does not hold travel as marked text: from the body to the database and back, also within JSON. Bytes are written in
        // hexadecimal, and what is no finite number as text.
        new(Server, "try{let i=JSON.parse(n);return Array.isArray(i)?{values:i}:{values:i}}", "try{JSON.parse(n);let i=JSON.parse(mark_(n));return{values:i}}"),
        new(
            Server,
            """function Rt(t){return JSON.stringify(t,(e,n)=>typeof n=="bigint"?Number.parseInt(n.toString(),10):n)}""",
            """
            function mark_(t){return t.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,m=>m[0]==='"'||String(Number(m))===m?m:'"\\u0000\\u0000#'+m+'"')}
            function unmark_(t){return t.replace(/"\\u0000\\u0000#([^"]*)"/g,"$1")}
            function text_(t){return typeof t=="string"&&t.startsWith("\0\0#")?t.slice(3):t}
            function json_(t){return unmark_(JSON.stringify(t))}
            globalThis.parseExactly_=t=>JSON.parse(mark_(t),(e,n)=>text_(n)===n?n:new String(text_(n)));
            function Rt(t){let r=JSON.stringify(t,function(e,n){let v=this[e];return typeof v=="bigint"||v instanceof String?"\0\0#"+v:v instanceof Uint8Array?"\\x"+Buffer.from(v).toString("hex"):typeof v=="number"&&!Number.isFinite(v)?String(v):Object.is(v,-0)?"\0\0#-0":n});return r===void 0?r:unmark_(r)}
            """),
        new(Connection, "serialize:t=>JSON.stringify(t),parse:t=>JSON.parse(t)", """serialize:t=>typeof t=="string"?t:JSON.stringify(t),parse:t=>globalThis.parseExactly_(t)""", Times: 2),
        new(Connection, "parse:t=>{let o=Number(t);return Number.isFinite(o)&&String(o)===t?o:t}", "parse:t=>{let o=Number(t);return Number.isFinite(o)?String(o)===t?o:new String(t):t}"),
        new(
            Connection,
            "date:{to:1082,",
            """bool:{to:16,from:[16],serialize:t=>t===true?"t":t===false?"f":t,parse:t=>t==="t"},bytea:{to:17,from:[17],serialize:t=>typeof t=="string"?t:"\\x"+Buffer.from(t).toString("hex"),parse:t=>Buffer.from(t.slice(2),"hex")},date:{to:1082,"""),

        // Times are written as PostgreSQL writes them into JSON: by ISO 8601.
        new(Connection, "from:[1114],serialize:t=>t,parse:t=>t", """from:[1114],serialize:t=>t,parse:t=>t.replace(" ","T")"""),
        new(
            Connection,
            "from:[1184],serialize:t=>t,parse:t=>t",
            """from:[1184],serialize:t=>t,parse:t=>t.replace(/^(\S+) (\S+?)([+-]\d\d)(:\d\d)?( BC)?$/,(m,d,h,z,q,b)=>d+"T"+h+z+(q||":00")+(b||""))"""),

        // A filter's true and false come as text.
        new(Driver, "serialize: x => x === true ? 't' : 'f'", "serialize: x => x === true || /^(t|true|y|yes|on|1)$/i.test(x) ? 't' : 'f'"),

        // NULL without quotes is no text within an array.
        new(
            Driver,
            "parser ? parser(x.slice(s.last, s.i)) : x.slice(s.last, s.i)",
            """x.slice(s.last, s.i) === "NULL" ? null : parser ? parser(x.slice(s.last, s.i)) : x.slice(s.last, s.i)""",
            Times: 2),

        // A row without members is one of defaults, and what missing=default stored is what comes back.
        new(
            Server,
            "function F_(t,e,n){",
            """
            function defaults_(t,e,n){let r=n.introspection?.columns.find(i=>i.table===e.from&&(i.schema||"public")===(e.schema??"public"));return r&&[].concat(t).every(i=>Object.keys(i).length===0)?[].concat(t).map(()=>({[r.name]:sql`default`})):t}
            function F_(t,e,n){
            """),
        new(Server, "{applyDefaults:true});r=r.values(i);}", "{applyDefaults:true});r=r.values(defaults_(i,t,e));}"),
        new(Server, "&&(i=Mm(i,s.meta?.columns,s.mutationPlan.bodyKeySets)),i}", """&&s.meta?.missing!=="default"&&(i=Mm(i,s.meta?.columns,s.mutationPlan.bodyKeySets)),i}"""),

        // Check constraints are broken by the request, not by the server.
        new(Server, """a==="42"||a==="22"||a==="21"||o.code==="23502")""", """a==="42"||a==="22"||a==="21"||a==="23")"""),

        // Errors that PostgreSQL raises keep their code; those of RAISE are the request's.
        new(
            Server,
            """T(500,"SUP",String(o),null,null)""",
            """/^[0-9A-Z]{5}$/.test(o?.code)?T(o.code==="P0001"?400:500,o.code,o.message,o.detail??null,o.hint??null):T(500,"SUP",String(o),null,null)"""),
    ];

    /// <summary>Replaces every one in the folder that npm filled.</summary>
    /// <exception cref="LocalServerException">The packages are not those that the lock file names.</exception>
    public static async Task ApplyAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var file in All.GroupBy(correction => correction.File, StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, file.Key);
            var text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            foreach (var correction in file)
            {
                text = correction.Apply(text);
            }

            await File.WriteAllTextAsync(path, text, cancellationToken).ConfigureAwait(false);
        }
    }
}
