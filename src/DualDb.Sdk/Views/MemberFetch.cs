using DualDb.Mapping;
using DualDb.Rest;
using DualDb.Sql;
using Npgsql;

namespace DualDb.Views;

/// <summary>The reading of one member in one call.</summary>
internal abstract class MemberFetch(ViewMember member) : IBatchRead
{
    public ViewMember Member { get; } = member;

    public EntityInfo Entity => Member.Entity;

    /// <inheritdoc/>
    public abstract IEnumerable<NpgsqlBatchCommand> Commands();

    /// <inheritdoc/>
    public abstract ValueTask ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask RunAsync(RestClient rest, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract void Clear();

    /// <summary>Keeps what was read.</summary>
    public abstract void KeepIn(FetchedRows rows);
}
