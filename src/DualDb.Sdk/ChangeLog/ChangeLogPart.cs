using Npgsql;
using NpgsqlTypes;

namespace DualDb.ChangeLog;

/// <summary>What of a log is read.</summary>
/// <param name="Tables">Whose changes, as <c>schema.table</c>.</param>
/// <param name="Parts">Into how many parts their keys are hashed; 1 or more.</param>
/// <param name="Part">Which part, from 0.</param>
internal sealed record ChangeLogPart(IReadOnlyList<string> Tables, int Parts, int Part)
{
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Tables], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = Parts });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = Part });
    }
}
