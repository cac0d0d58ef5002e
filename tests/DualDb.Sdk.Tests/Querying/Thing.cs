using DualDb.Mapping;
using DualDb.Querying;
using NpgsqlTypes;

namespace DualDb.Sdk.Tests.Querying;

/// <summary>A row, and its columns as the generator would describe them.</summary>
internal sealed record Thing(int Number, string? Text, bool IsOn)
{
    public static EntityInfo Info { get; } = new("Thing", Database.Neon, "public", "things", []);

    public static ColumnDefinition<Thing, int> NumberColumn { get; } = Define(0, "number", isNullable: false, ColumnCodec.Plain<int>(NpgsqlDbType.Integer), static thing => thing.Number);

    public static ColumnDefinition<Thing, string?> TextColumn { get; } =
        Define(1, "text", isNullable: true, ColumnCodec.OrNullReference(ColumnCodec.Of<string, string>(NpgsqlDbType.Text, static value => ColumnValue.Text(value, "text"), static wire => wire)), static thing => thing.Text);

    public static ColumnDefinition<Thing, bool> IsOnColumn { get; } = Define(2, "v", isNullable: false, ColumnCodec.Plain<bool>(NpgsqlDbType.Boolean), static thing => thing.IsOn);

    public static Column<Thing, int> N => new(NumberColumn);

    public static Column<Thing, string?> T => new(TextColumn);

    public static Column<Thing, bool> V => new(IsOnColumn);

    public static Filter<Thing> Sql(SqlCondition<Thing> sql) => sql.ToFilter(0);

    private static ColumnDefinition<Thing, TValue> Define<TValue>(int ordinal, string name, bool isNullable, ColumnCodec<TValue> codec, Func<Thing, TValue> valueOf)
        => new(ordinal, name, name, name, isNullable, isSettable: true, codec, valueOf);
}
