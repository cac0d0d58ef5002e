using System.Security.Cryptography;
using System.Text;

namespace DualDb.Migrations.Planning;

/// <summary>The hash that pins a plan.</summary>
internal static class PlanHash
{
    public static string Of(IReadOnlyList<PlannedMigration> migrations, SeedPlan seeds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var migration in migrations)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{migration.Id} {migration.Checksum}\n"));
        }

        foreach (var (seed, checksum) in seeds.Pending)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{seed.Id} {checksum}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
