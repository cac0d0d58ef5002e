using Npgsql;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>A value type that may be null.</summary>
internal sealed class NullableCodec<T>(ColumnCodec<T> inner) : ColumnCodec<T?>(inner.Type, inner.Cast)
    where T : struct
{
    internal override string? ComparisonCast => inner.ComparisonCast;

    internal override NpgsqlDbType ComparisonType => inner.ComparisonType;

    internal override void Add(NpgsqlParameterCollection parameters, T? value)
    {
        if (value is { } given)
        {
            inner.Add(parameters, given);
        }
        else
        {
            parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = ComparisonType });
        }
    }

    internal override void AddMany(NpgsqlParameterCollection parameters, IReadOnlyList<T?> values)
        => inner.AddMany(parameters, [.. values.Select(static value => value!.Value)]);

    internal override void Add(ValueSink sink, T? value)
    {
        if (value is { } given)
        {
            inner.Add(sink, given);
        }
        else
        {
            sink.AddNull();
        }
    }

    internal override string TextOf(T? value) => inner.TextOf(value!.Value);

    internal override T? Read(ResultRow row, int ordinal) => row.IsDBNull(ordinal) ? null : inner.Read(row, ordinal);

    internal override int Compare(T? left, T? right) => inner.Compare(left!.Value, right!.Value);

    internal override bool AreEqual(T? left, T? right) => inner.AreEqual(left!.Value, right!.Value);

    internal override bool IsForCursors => inner.IsForCursors;

    internal override void Write(BinaryWriter writer, T? value)
    {
        writer.Write(value is not null);
        if (value is { } given)
        {
            inner.Write(writer, given);
        }
    }

    internal override T? Read(BinaryReader reader) => reader.ReadBoolean() ? inner.Read(reader) : null;
}
