using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the synchronisation of a root: the property, and the list of what is synchronised.</summary>
internal static class RootSyncEmitter
{
    public const string Sync = "global::DualDb.Consistency.Sync.";

    private const string Property = Sync + "DatabaseSync";
    private const string Registry = "SyncList";

    public static string Emit(RootSyncSpec spec)
    {
        var writer = GeneratedFile.Begin();
        WriteAnnouncements(writer, spec);
        GeneratedFile.Beside(writer, spec.Type, () =>
        {
            RootPropertyEmitter.WriteInterface(writer, spec.Type, Property, nameof(Sync), "The synchronisation between the two databases: installed here, and waited for where the other side is to be read after a write.");
            if (spec.Level == EmissionLevel.Full)
            {
                RootPropertyEmitter.WriteClass(writer, spec.Type, Property, nameof(Sync), "sync", spec.Field, Registry);
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
        WriteReferences(writer, spec);
        writer.Close();
    }

    private static void WriteReferences(SourceWriter writer, RootSyncSpec spec)
    {
        if (spec.References.Count == 0)
        {
            writer.Lines("]);");
            return;
        }

        writer.Lines("])");
        writer.Open();
        writer.Lines("References =");
        writer.Lines("[");
        writer.Indented(() =>
        {
            foreach (var reference in spec.References)
            {
                writer.Lines($"new({reference.Map}.Info, {Identifier.Literal(reference.Member)}, {reference.Target}.Info){(reference.IsSensitive ? " { IsSensitive = true }" : "")},");
            }
        });
        writer.Lines("],");
        writer.Close(";");
    }
}
