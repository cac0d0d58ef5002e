using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>What a row had in one part of the order, carried by a cursor.</summary>
internal abstract class CursorValue
{
    public abstract bool IsNull { get; }

    public abstract string? Cast { get; }

    /// <summary>The text of the value, as filters over REST compare with it; null for NULL.</summary>
    public abstract string? RestText { get; }

    public abstract void Bind(ParameterWriter parameters);
}

/// <summary>A value of a known type.</summary>
internal sealed class CursorValue<T>(ColumnCodec<T> codec, T value) : CursorValue
{
    public override bool IsNull => value is null;

    public override string? Cast => codec.ComparisonCast;

    public override string? RestText => value is null ? null : RestColumnText.TextOf(codec, value);

    public override void Bind(ParameterWriter parameters) => parameters.Add(codec, value);
}
