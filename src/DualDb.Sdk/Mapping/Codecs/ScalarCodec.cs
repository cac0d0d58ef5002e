using Npgsql;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>One value per column.</summary>
internal sealed class ScalarCodec<T, TWire>(NpgsqlDbType type, string? cast, Func<T, TWire> encode, Func<TWire, T> decode) : ColumnCodec<T>(type, cast)
    where T : notnull
    where TWire : notnull
{
    private readonly WireOrder<TWire> _order = WireOrder<TWire>.Of(type, cast);

    // Of a type of the user's Npgsql sends the text alone: PostgreSQL then takes the parameter for the type that it is compared with.
    private readonly bool _isUntyped = UntypedText.Serves<TWire>(cast);

    internal override string? ComparisonCast => _isUntyped ? null : Cast;

    internal override NpgsqlDbType ComparisonType => _isUntyped ? NpgsqlDbType.Unknown : Type;

    internal override void Add(NpgsqlParameterCollection parameters, T value)
        => parameters.Add(
            value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = ComparisonType }
            : _isUntyped ? UntypedText.Parameter(UntypedText.Of(encode(value)))
            : new NpgsqlParameter<TWire> { TypedValue = encode(value), NpgsqlDbType = Type });

    internal override void AddMany(NpgsqlParameterCollection parameters, IReadOnlyList<T> values)
    {
        if (_isUntyped)
        {
            parameters.Add(UntypedText.Parameter(UntypedText.OfMany(values.Select(encode))));
            return;
        }

        var wires = new TWire[values.Count];
        for (var i = 0; i < wires.Length; i++)
        {
            wires[i] = encode(values[i]);
        }

        parameters.Add(new NpgsqlParameter<TWire[]> { TypedValue = wires, NpgsqlDbType = NpgsqlDbType.Array | Type });
    }

    internal override void Add(ValueSink sink, T value)
    {
        if (value is null)
        {
            sink.AddNull();
        }
        else
        {
            sink.Add(encode(value), Type);
        }
    }

    internal override string TextOf(T value) => encode(value) as string ?? base.TextOf(value);

    internal override T Read(ResultRow row, int ordinal)
        => !row.IsDBNull(ordinal) ? decode(row.GetFieldValue<TWire>(ordinal)) : default(T) is null ? default! : throw NullRefused.Exception(row, ordinal);

    internal override int Compare(T left, T right) => _order.Compare(encode(left), encode(right));

    internal override bool AreEqual(T left, T right) => _order.AreEqual(encode(left), encode(right));

    internal override bool IsForCursors => WireBytes.Has<TWire>();

    internal override void Write(BinaryWriter writer, T value)
    {
        writer.Write(value is not null);
        if (value is not null)
        {
            WireBytes.Write(writer, encode(value));
        }
    }

    internal override T Read(BinaryReader reader) => reader.ReadBoolean() ? decode(WireBytes.Read<TWire>(reader)) : default!;
}
