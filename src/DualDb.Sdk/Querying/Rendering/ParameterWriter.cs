using DualDb.Mapping;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>Adds the values of a query in the order in which <see cref="SqlWriter"/> has numbered them.</summary>
internal readonly struct ParameterWriter(NpgsqlParameterCollection parameters)
{
    // The protocol counts parameters in 16 bits.
    private const int MaxParameters = 65_535;

    public void Add<T>(ColumnCodec<T> codec, T value)
    {
        RequireRoom();
        codec.Add(parameters, value);
    }

    public void AddMany<T>(ColumnCodec<T> codec, IReadOnlyList<T> values)
    {
        RequireRoom();
        codec.AddMany(parameters, values);
    }

    public void Add<T>(T value, NpgsqlDbType type)
    {
        RequireRoom();
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
    }

    public void Add(NpgsqlParameter parameter)
    {
        RequireRoom();
        parameters.Add(parameter);
    }

    private void RequireRoom()
    {
        if (parameters.Count >= MaxParameters)
        {
            throw new NotSupportedException(
                $"PostgreSQL takes at most {MaxParameters} parameters per statement. Use In with a list, which is one parameter, instead of many conditions.");
        }
    }
}
