using System;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>PatchAsync</c>: an update of some columns by key, with the version that the row must have where there is one.</summary>
internal static class PatchMethods
{
    private const string Token = "global::System.Threading.CancellationToken cancellationToken";

    public static void WriteDeclarations(SourceWriter writer, EntitySpec entity, string transaction)
        => ForEach(entity, transaction, (parameters, checksVersion, inTransaction) =>
        {
            writer.Separate();
            writer.Lines("/// <summary>Updates some columns of one row, and its version and time where it has them. The other columns stay as they are.</summary>");
            writer.Lines("/// <param name=\"key\">The key.</param>");
            if (checksVersion)
            {
                writer.Lines("/// <param name=\"expectedVersion\">The version that the row must have.</param>");
            }

            writer.Lines("/// <param name=\"set\">What is set: one call per column.</param>");
            if (inTransaction)
            {
                writer.Lines("/// <param name=\"transaction\">The transaction to write in.</param>");
            }

            writer.Lines("/// <param name=\"cancellationToken\">Cancels the write.</param>");
            writer.Lines("/// <returns>The row as stored.</returns>");
            writer.Lines("/// <exception cref=\"global::DualDb.EntityNotFoundException\">No row has the key.</exception>");
            if (checksVersion)
            {
                writer.Lines("/// <exception cref=\"global::DualDb.ConcurrencyConflictException\">The row has another version.</exception>");
            }

            writer.Lines($"global::System.Threading.Tasks.Task<{entity.Type.FullName}> PatchAsync({parameters}, {Token} = default);");
        });

    public static void WriteImplementations(SourceWriter writer, EntitySpec entity, string transaction)
        => ForEach(entity, transaction, (parameters, checksVersion, inTransaction) =>
        {
            var version = checksVersion ? "expectedVersion" : "null";
            var within = inTransaction ? "Given(transaction)" : "null";
            writer.Separate();
            writer.Lines("/// <inheritdoc/>");
            writer.Lines($"public global::System.Threading.Tasks.Task<{entity.Type.FullName}> PatchAsync({parameters}, {Token} = default) =>");
            writer.Lines($"    PatchAsync(key, set, {version}, {within}, cancellationToken);");
        });

    private static void ForEach(EntitySpec entity, string transaction, Action<string, bool, bool> write)
    {
        var key = KeyCode.Type(entity) + " key";
        var set = $"global::System.Action<{entity.Type.Sibling(entity.Type.Name + "Changes")}> set";
        write($"{key}, {set}", false, false);
        write($"{key}, {set}, {transaction} transaction", false, true);
        if (entity.With(ColumnRole.Version) is { } version)
        {
            write($"{key}, {version.NotNullType} expectedVersion, {set}", true, false);
            write($"{key}, {version.NotNullType} expectedVersion, {set}, {transaction} transaction", true, true);
        }
    }
}
