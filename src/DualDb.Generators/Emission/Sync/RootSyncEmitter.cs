using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the synchronisation of a root: the property, and the list of what is synchronised.</summary>
internal static class RootSyncEmitter
{
    public const string Sync = "global::DualDb.Consistency.Sync.";

    private const string Registry = "SyncList";

    public static string Emit(RootSyncSpec spec)
    {
        var writer = GeneratedFile.Begin();
        WriteAnnouncements(writer, spec);
        GeneratedFile.Beside(writer, spec.Type, () =>
        {
            WriteInterface(writer, spec);
            if (spec.Level == EmissionLevel.Full)
            {
                WriteClass(writer, spec);
                WriteRegistry(writer, spec);
            }
        });
        return writer.ToString();
    }

    // A project that references this one finds what is synchronised by these. Of several roots, the first says it.
    private static void WriteAnnouncements(SourceWriter writer, RootSyncSpec spec)
    {
        var announced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var map in spec.Maps)
        {
            if (map.IsAnnounced && spec.Registration is not null && announced.Add(map.Declaration))
            {
                writer.Lines($"[assembly: {Sync}DualDbSync(typeof({map.Declaration}))]");
            }
        }

        if (announced.Count > 0)
        {
            writer.Blank();
        }
    }

    private static void WriteInterface(SourceWriter writer, RootSyncSpec spec)
    {
        writer.Lines($"partial interface I{spec.Type.Name}");
        writer.Open();
        writer.Lines($$"""
            /// <summary>The synchronisation between the two databases: installed here, and waited for where the other side is to be read after a write.</summary>
            {{Sync}}DatabaseSync Sync { get; }
            """);
        writer.Close();
    }

    private static void WriteClass(SourceWriter writer, RootSyncSpec spec)
    {
        writer.Separate();
        writer.Lines($"partial class {EntityEmitter.DeclaredName(spec.Type)}");
        writer.Open();
        writer.Lines($$"""
            private {{Sync}}DatabaseSync? {{spec.Field}};

            /// <inheritdoc/>
            public {{Sync}}DatabaseSync Sync
            {
                get
                {
                    if ({{spec.Field}} is { } sync)
                    {
                        return sync;
                    }

                    // Where two threads meet here, both are given the one that came first.
                    sync = new {{Sync}}DatabaseSync(this, {{Registry}}.Registry);
                    return global::System.Threading.Interlocked.CompareExchange(ref {{spec.Field}}, sync, null) ?? sync;
                }
            }
            """);
        writer.Close();
    }

    // File-local, so that no type of the user's can have the same name.
    private static void WriteRegistry(SourceWriter writer, RootSyncSpec spec)
    {
        writer.Separate();
        writer.Lines(GeneratedFile.Attribute);
        writer.Lines($"file static class {Registry}");
        writer.Open();
        writer.Lines($"public static {Sync}SyncRegistry Registry {{ get; }} = new(");
        writer.Lines("[");
        writer.Indented(() =>
        {
            foreach (var map in spec.Maps)
            {
                SyncMapCode.Write(writer, map);
            }
        });
        writer.Lines("]);");
        writer.Close();
    }
}
