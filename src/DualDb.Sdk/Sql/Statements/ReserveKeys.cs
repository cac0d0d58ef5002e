using Npgsql;
using NpgsqlTypes;

namespace DualDb.Sql.Statements;

/// <summary>Draws keys from the key column's sequence ahead of a COPY; null where the column has none of its own, such as in a table made by hand.</summary>
internal readonly struct ReserveKeys(string sql, int count) : IStatement<IReadOnlyList<long>?>
{
    public string Operation => "InsertManyAsync";

    public string Sql => sql;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters)
        => parameters.Add(new NpgsqlParameter<long> { TypedValue = count, NpgsqlDbType = NpgsqlDbType.Bigint });

    public async ValueTask<IReadOnlyList<long>?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var keys = new List<long>(count);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.IsDBNull(0))
            {
                return null;
            }

            keys.Add(reader.GetInt64(0));
        }

        return keys;
    }
}
