using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the root: its interface, its repositories, and how it is created.</summary>
internal static class RootEmitter
{
    private const string Token = "global::System.Threading.CancellationToken cancellationToken";
    private const string Isolation = "global::System.Data.IsolationLevel isolationLevel";
    private const string ReadCommitted = " = global::System.Data.IsolationLevel.ReadCommitted";

    private static readonly (string Type, string Name)[] UserSources =
    [
        ("global::DualDb.UserSession", "session"),
        ("global::System.Func<string?>", "accessToken"),
        ("global::System.Func<global::System.Threading.CancellationToken, global::System.Threading.Tasks.ValueTask<string?>>", "accessToken"),
        ("global::DualDb.IAccessTokenProvider", "accessTokens"),
    ];

    public static string Emit(RootSpec root, IReadOnlyList<SetSpec> sets)
    {
        var writer = GeneratedFile.Begin();
        GeneratedFile.Beside(writer, root.Type, () =>
        {
            WriteInterface(writer, root, sets);
            if (root.Level == EmissionLevel.Full)
            {
                WriteClass(writer, root, sets);
            }
            else if (!root.IsDeclared)
            {
                writer.Separate();
                WriteDefaultSummary(writer);
                writer.Lines($"{root.Type.Accessibility} partial class {root.Type.Name} {"{ }"}");
            }
        });
        return writer.ToString();
    }

    /// <summary>The databases in use, as flags.</summary>
    public static string Use(IReadOnlyList<SetSpec> sets)
    {
        var uses = new List<string>();
        foreach (var database in new[] { DatabaseKind.Neon, DatabaseKind.Supabase })
        {
            if (Of(sets, database).Count > 0)
            {
                uses.Add("global::DualDb.Hosting.DatabaseUse." + database);
            }
        }

        return uses.Count == 0 ? "global::DualDb.Hosting.DatabaseUse.None" : string.Join(" | ", uses);
    }

    public static string Interface(RootSpec root) => root.Type.Sibling("I" + root.Type.Name);

    private static void WriteInterface(SourceWriter writer, RootSpec root, IReadOnlyList<SetSpec> sets)
    {
        writer.Lines($"""
            /// <summary>What <see cref="{root.Type.FullName}"/> offers, for code that is tested without a database.</summary>
            {GeneratedFile.Attribute}
            {root.Type.Accessibility} partial interface I{root.Type.Name} : global::DualDb.IDualDatabase<{Interface(root)}>
            """);
        writer.Open();
        foreach (var set in sets)
        {
            writer.Separate();
            writer.Lines($"""
                /// <summary>The <see cref="{set.Entity}"/> {(set.Database is { } database ? "rows, in " + database : "views, over both databases")}.</summary>
                {(IsHidden(root, set) ? "internal " : "")}{set.RepositoryInterface} {Identifier.Escape(set.Name)} {"{ get; }"}
                """);
        }

        writer.Separate();
        writer.Lines($"""
            /// <summary>Creates the schemas, tables, indexes and foreign keys that are missing. What exists is left as it is, also where it differs from the model.</summary>
            /// <param name="cancellationToken">Cancels the work; the database that is being worked on is left as it was.</param>
            global::System.Threading.Tasks.Task CreateTablesAsync({Token} = default);
            """);
        writer.Close();
    }

    private static void WriteClass(SourceWriter writer, RootSpec root, IReadOnlyList<SetSpec> sets)
    {
        var name = EntityEmitter.DeclaredName(root.Type);
        writer.Separate();
        if (!root.IsDeclared)
        {
            WriteDefaultSummary(writer);
        }

        writer.Lines($"{(root.IsDeclared ? "" : root.Type.Accessibility + " ")}partial class {name} : {Interface(root)}");
        writer.Open();
        WriteConstructor(writer, root, sets);
        WriteProperties(writer, root, sets);
        WriteCreate(writer, root, sets);
        WriteTransactions(writer);
        WriteUsers(writer, root);
        WriteCreateTables(writer, sets);
        WriteDisposal(writer);
        writer.Close();
    }

    private static void WriteDefaultSummary(SourceWriter writer)
        => writer.Lines("""
            /// <summary>
            /// The repositories of this project's entities. It has this name because the project declares no class with
            /// <see cref="global::DualDb.DualDatabaseAttribute"/>.
            /// </summary>
            """);

    private static void WriteConstructor(SourceWriter writer, RootSpec root, IReadOnlyList<SetSpec> sets)
    {
        writer.Lines($"""
            /// <summary>Creates the root over two databases, which belong to it from now on.</summary>
            /// <param name="neon">The Neon database.</param>
            /// <param name="supabase">The Supabase database.</param>
            /// <param name="cache">The cache, which belongs to it as well; null for none.</param>
            public {EntityEmitter.DeclaredName(root.Type)}(global::DualDb.NeonDatabase neon, global::DualDb.SupabaseDatabase supabase, global::DualDb.DualDbCache? cache = null)
            """);
        writer.Open();
        writer.Lines("""
            Neon = neon;
            Supabase = supabase;
            Cache = cache ?? global::DualDb.DualDbCache.CreateEmpty();
            """);
        foreach (var set in sets)
        {
            if (!set.IsSkeleton)
            {
                // A set may be called like a parameter.
                var target = set.Name is "neon" or "supabase" or "cache" ? "this." : "";
                writer.Lines($"{target}{Identifier.Escape(set.Name)} = new {set.Repository}({Databases(set)});");
            }
        }

        writer.Close();
    }

    private static void WriteProperties(SourceWriter writer, RootSpec root, IReadOnlyList<SetSpec> sets)
    {
        writer.Blank();
        writer.Lines("""
            /// <inheritdoc/>
            public global::DualDb.NeonDatabase Neon { get; }

            /// <inheritdoc/>
            public global::DualDb.SupabaseDatabase Supabase { get; }

            /// <inheritdoc/>
            public global::DualDb.DualDbCache Cache { get; }
            """);
        foreach (var set in sets)
        {
            var accessibility = IsHidden(root, set) ? "internal" : "public";
            var body = set.IsSkeleton
                ? $"=> throw new global::System.InvalidOperationException(\"The {(set.Database is null ? "view cannot be read" : "entity cannot be mapped")}; the build says why.\");"
                : "{ get; }";
            writer.Blank();
            writer.Lines("/// <inheritdoc/>");
            writer.Lines($"{accessibility} {set.RepositoryInterface} {Identifier.Escape(set.Name)} {body}");
            if (IsHidden(root, set))
            {
                // An internal member of an interface can only be implemented explicitly.
                writer.Blank();
                writer.Lines($"{set.RepositoryInterface} {Interface(root)}.{Identifier.Escape(set.Name)} => {Identifier.Escape(set.Name)};");
            }
        }
    }

    private static void WriteCreate(SourceWriter writer, RootSpec root, IReadOnlyList<SetSpec> sets)
    {
        var type = root.Type.FullName;
        writer.Blank();
        writer.Lines($"""
            /// <summary>Creates the root without a container. Options come from the environment, then from code.</summary>
            /// <param name="configure">Sets options; null for none.</param>
            /// <exception cref="global::DualDb.DualDbConfigurationException">Options are missing or malformed; all of them are listed.</exception>
            public static {type} Create(global::System.Action<global::DualDb.DualDbOptions>? configure = null)
            """);
        writer.Open();
        writer.Lines($"""
            var host = global::DualDb.Hosting.DualDbHost.Create({Identifier.Literal(root.Type.Name)}, {Use(sets)}, configure);
            return new {type}(host.Neon, host.Supabase, host.Cache);
            """);
        writer.Close();
    }

    private static void WriteTransactions(SourceWriter writer)
    {
        foreach (var database in new[] { DatabaseKind.Neon, DatabaseKind.Supabase })
        {
            var returns = $"global::System.Threading.Tasks.ValueTask<global::DualDb.{database}Transaction>";
            writer.Blank();
            writer.Lines($"""
                /// <inheritdoc/>
                public {returns} Begin{database}Async({Isolation}{ReadCommitted}, {Token} = default) =>
                    {database}.BeginAsync(isolationLevel, cancellationToken);

                /// <inheritdoc/>
                public {returns} Begin{database}Async({Token}) => {database}.BeginAsync(cancellationToken);
                """);
        }

        writer.Blank();
        writer.Lines("""
            /// <inheritdoc/>
            public global::DualDb.BatchingScope BeginBatching() => global::DualDb.BatchingScope.Begin(Neon, Supabase);
            """);
    }

    private static void WriteUsers(SourceWriter writer, RootSpec root)
    {
        foreach (var (type, name) in UserSources)
        {
            writer.Blank();
            writer.Lines($"""
                /// <inheritdoc/>
                public {Interface(root)} AsUser({type} {name}) => new {root.Type.FullName}(Neon, Supabase.AsUser({name}), Cache);
                """);
        }
    }

    private static void WriteCreateTables(SourceWriter writer, IReadOnlyList<SetSpec> sets)
    {
        const string Signature = $"global::System.Threading.Tasks.Task CreateTablesAsync({Token} = default)";
        writer.Blank();
        writer.Lines("/// <inheritdoc/>");
        if (Of(sets, DatabaseKind.Neon).Count + Of(sets, DatabaseKind.Supabase).Count == 0)
        {
            writer.Lines($"public {Signature} => global::System.Threading.Tasks.Task.CompletedTask;");
            return;
        }

        writer.Lines($"public async {Signature}");
        writer.Open();
        writer.Lines("global::DualDb.Hosting.SchemaCreation.RefuseUser(Supabase);");
        WriteCreateTables(writer, DatabaseKind.Neon, Of(sets, DatabaseKind.Neon));
        WriteCreateTables(writer, DatabaseKind.Supabase, Of(sets, DatabaseKind.Supabase));
        writer.Close();
    }

    // Tables before foreign keys, so that entities may refer to each other in a circle.
    private static void WriteCreateTables(SourceWriter writer, DatabaseKind database, List<SetSpec> sets)
    {
        if (sets.Count == 0)
        {
            return;
        }

        writer.Lines("await global::DualDb.Hosting.SchemaCreation.CreateAsync(");
        writer.Indented(() =>
        {
            writer.Lines(database + ",");
            writer.Lines("Cache,");
            writer.Lines("[");
            writer.Indented(() =>
            {
                sets.ForEach(set => writer.Lines(set.Map + ".CreateTable,"));
                sets.ForEach(set => writer.Lines(set.Map + ".CreateForeignKeys,"));
            });
            writer.Lines("],");
            writer.Lines("cancellationToken).ConfigureAwait(false);");
        });
    }

    private static void WriteDisposal(SourceWriter writer)
    {
        writer.Blank();
        writer.Lines("""
            /// <summary>Closes the connections of both databases and of the cache; of a root that acts as a user, nothing.</summary>
            public void Dispose()
            {
                global::System.GC.SuppressFinalize(this);
                if (Supabase.ActsAsUser)
                {
                    return;
                }

                Cache.Dispose();
                Neon.Dispose();
                Supabase.Dispose();
            }

            /// <summary>Closes the connections of both databases and of the cache; of a root that acts as a user, nothing.</summary>
            public async global::System.Threading.Tasks.ValueTask DisposeAsync()
            {
                global::System.GC.SuppressFinalize(this);
                if (Supabase.ActsAsUser)
                {
                    return;
                }

                await Cache.DisposeAsync().ConfigureAwait(false);
                await Neon.DisposeAsync().ConfigureAwait(false);
                await Supabase.DisposeAsync().ConfigureAwait(false);
            }
            """);
    }

    private static string Databases(SetSpec set)
        => (set.Database == DatabaseKind.Supabase ? "supabase, neon" : "neon, supabase") + (set.TakesCache ? ", cache" : "");

    private static bool IsHidden(RootSpec root, SetSpec set) => root.Type.IsPublic && !set.IsPublic;

    private static List<SetSpec> Of(IReadOnlyList<SetSpec> sets, DatabaseKind database)
    {
        var found = new List<SetSpec>();
        foreach (var set in sets)
        {
            if (set.Database == database && !set.IsSkeleton)
            {
                found.Add(set);
            }
        }

        return found;
    }
}
