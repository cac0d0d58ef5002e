using System.Collections.Generic;
using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>OrderReads</c>: rows of a synchronised entity, read from whichever database is nearer.</summary>
internal static class SyncReadsEmitter
{
    private const string Sync = RootSyncEmitter.Sync;

    public static string Emit(SyncReadsSpec reads)
    {
        var (set, read) = (reads.Set, reads.Read);
        var writer = GeneratedFile.Begin();
        if (read.Type.Namespace is { } ns)
        {
            writer.Lines($"namespace {ns};");
            writer.Blank();
        }

        writer.Lines($"""
            /// <summary>Reads <see cref="{read.Type.FullName}"/> rows where they are nearer: in {set.Database}, or in their copy in {read.Copy.Database}.</summary>
            {GeneratedFile.Attribute}
            {(set.IsPublic ? "public" : "internal")} static class {JoinsEmitter.OuterName(read.Type)}Reads
            """);
        writer.Open();
        WriteStatement(writer, read, set);
        WriteFind(writer, read, set);
        writer.Close();
        return writer.ToString();
    }

    private static void WriteStatement(SourceWriter writer, SyncReadSpec read, SetSpec set)
    {
        var names = new List<string>();
        foreach (var ordinal in read.Key)
        {
            names.Add(Identifier.Literal(read.Columns[ordinal].Name));
        }

        writer.Lines($"private static readonly global::DualDb.Mapping.Statement<{Key(read)}> FindCopy = new(");
        writer.Lines("    \"FindAsync\",");
        writer.Lines($"    [{string.Join(", ", names)}],");
        writer.RawString(SelectSql.ByKey(read), ",");
        writer.Lines($"    {set.Map}.BindKey);");
    }

    private static void WriteFind(SourceWriter writer, SyncReadSpec read, SetSpec set)
    {
        writer.Separate();
        writer.Lines($"""
            /// <summary>The row with this key, or null; read in {set.Database}, or in its copy in {read.Copy.Database}, which has each write a little later: by <c>sync.lag</c>, and by longer while nothing is carried.</summary>
            /// <param name="repository">The repository of the rows.</param>
            /// <param name="key">The key.</param>
            /// <param name="from">Where it is read.</param>
            /// <param name="cancellationToken">Cancels the read.</param>
            public static global::System.Threading.Tasks.ValueTask<{read.Type.FullName}?> FindAsync(this {set.RepositoryInterface} repository, {Key(read)} key, {Sync}ReadFrom from, global::System.Threading.CancellationToken cancellationToken = default) =>
                {Sync}SyncedRead.FindAsync<{read.Type.FullName}, {Key(read)}, {set.Map}, global::DualDb.{set.Database}Transaction>(repository, FindCopy, key, from, cancellationToken);
            """);
    }

    private static string Key(SyncReadSpec read)
    {
        var columns = new List<ColumnSpec>();
        foreach (var ordinal in read.Key)
        {
            columns.Add(read.Columns[ordinal]);
        }

        return KeyCode.Tuple(columns);
    }
}
