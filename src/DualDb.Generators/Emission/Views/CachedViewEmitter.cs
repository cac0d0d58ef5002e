using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes what the reader of a cached view has beyond that of another.</summary>
internal static class CachedViewEmitter
{
    private const string Caching = "global::DualDb.Caching.";

    public static void WriteDeclaration(SourceWriter writer, string contract)
    {
        writer.Blank();
        writer.Lines($"""
            /// <summary>The same reader, reading past the cache.</summary>
            {contract} Fresh();
            """);
    }

    /// <summary>Writes what the cache is told of the view.</summary>
    public static void WriteFacts(SourceWriter writer, ViewSpec view, CacheSpec cache)
    {
        var maps = Maps(view);
        writer.Separate();
        writer.Lines($"private static readonly {Caching}CachedView<{view.Type.FullName}, {ViewCode.KeyType(view.Members[0].Entity)}> CachedViews = new(");
        writer.Lines($"""
                {CacheSettingsCode.Of(cache)},
                {Caching}ViewSchema.Of({Identifier.Literal(ViewSchema.HashOf(view))}, {string.Join(", ", maps.ConvertAll(static map => map + ".PayloadSchema"))}),
                {maps[0]}.HasExactKey,
                {maps[0]}.FormatKey,
                {ViewCodecEmitter.Encode},
                {ViewCodecEmitter.Decode},
                [{string.Join(", ", maps.ConvertAll(static map => map + ".Info"))}]);
            """);
    }

    public static void WriteConstructors(SourceWriter writer, ViewSpec view, string contract)
    {
        var name = view.Type.Name + "Reader";
        writer.Separate();
        writer.Lines($"""
            /// <summary>Creates the reader over both databases and the cache.</summary>
            /// <param name="neon">The Neon database.</param>
            /// <param name="supabase">The Supabase database.</param>
            /// <param name="cache">The cache of the same root; null reads without one.</param>
            public {name}(global::DualDb.NeonDatabase neon, global::DualDb.SupabaseDatabase supabase, global::DualDb.DualDbCache? cache = null)
                : base(CachedViews, Plan, neon, supabase, cache)
            """);
        writer.Open();
        writer.Close();
        writer.Blank();
        writer.Lines($"""
            private {name}({name} cached)
                : base(cached)
            """);
        writer.Open();
        writer.Close();
        writer.Blank();
        writer.Lines($"""
            /// <inheritdoc/>
            public {contract} Fresh() => new {name}(this);
            """);
    }

    // The root's first: the key of a view is that of its root.
    private static List<string> Maps(ViewSpec view)
    {
        var maps = new List<string>();
        foreach (var rows in view.Members)
        {
            if (!maps.Contains(rows.Entity.Map))
            {
                maps.Add(rows.Entity.Map);
            }
        }

        return maps;
    }
}
