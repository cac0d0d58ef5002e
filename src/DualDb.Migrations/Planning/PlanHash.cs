using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DualDb.Migrations.Files;

namespace DualDb.Migrations.Planning;

/// <summary>The hash that pins a plan.</summary>
internal static class PlanHash
{
    public static string Of(IReadOnlyList<PlannedMigration> migrations, SeedPlan seeds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in migrations.Select(LineOf).Concat(seeds.Pending.Select(static pending => LineOf(pending.Seed, pending.Checksum))))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>All that counts of a migration: two with the same line do the same.</summary>
    public static string LineOf(PlannedMigration migration) => $"{migration.Id} {migration.Checksum} {ConditionsOf(migration.Migration)}";

    /// <summary>All that counts of a file of rows.</summary>
    public static string LineOf(Seed seed, string checksum) => $"{seed.Id} {checksum}";

    // How the statements are run, and what undoes them where the run compensates. Code cannot be told by its text.
    private static string ConditionsOf(Migration migration) => migration is SqlMigration sql
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{sql.Phase} {sql.Timeout} {sql.Batch} {string.Join(',', sql.Up.SelectMany(static segment => segment.Statements).Select(static statement => statement.Kind))} {(sql.Down is null ? "-" : StatementHash.Of(sql.Down.SelectMany(static segment => segment.Statements)))}")
        : "code";
}
