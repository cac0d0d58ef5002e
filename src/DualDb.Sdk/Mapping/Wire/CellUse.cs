namespace DualDb.Mapping.Wire;

/// <summary>What a value of an answer is to be read as.</summary>
internal enum CellUse : byte
{
    /// <summary>What the column holds: a text where that is a text.</summary>
    Value,

    /// <summary>JSON of the column's own.</summary>
    Document,

    /// <summary>A text, whatever it is: over SQL the column is cast to one.</summary>
    AnyText,

    /// <summary>A number of which digits may be left out that a decimal has no room for.</summary>
    Rounded,
}
