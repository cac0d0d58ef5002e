using DualDb.Consistency.Schema;
using Npgsql;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>Between which values of the key's first column rows are meant.</summary>
/// <param name="From">The lowest of them; null for all from the first.</param>
/// <param name="Below">Where they end; null for all to the last.</param>
internal readonly record struct Range(string? From, string? Below)
{
    public bool IsWhole => From is null && Below is null;

    public NpgsqlParameter[] Parameters() => [DatabaseCall.Parameter(From), DatabaseCall.Parameter(Below)];

    /// <summary>A block of it.</summary>
    public Range Block(string[] bounds, int block) => new(block == 0 ? From : bounds[block - 1], block == bounds.Length ? Below : bounds[block]);
}
