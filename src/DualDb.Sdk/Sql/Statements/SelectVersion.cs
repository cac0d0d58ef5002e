using System.Globalization;
using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>The version a row is at, or null where no row has the key: tells a conflict from a missing row.</summary>
internal readonly struct SelectVersion<TEntity, TKey, TMap>(TKey key, string operation) : IStatement<long?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => operation;

    public string Sql => TMap.SelectVersion!;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindKey(parameters, key);

    // The column is integer or bigint, by the member's type; this path runs only after a conflict, so boxing does not matter.
    public async ValueTask<long?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture)
            : null;

    public ValueTask<long?> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => RestVersioned.VersionAsync(rest, RestEntity<TEntity, TKey, TMap>.ByKey(rest, key), cancellationToken);
}
