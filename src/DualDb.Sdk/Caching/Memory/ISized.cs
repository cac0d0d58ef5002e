namespace DualDb.Caching;

/// <summary>Something that takes a part of the memory's limit.</summary>
internal interface ISized
{
    /// <summary>How much of it.</summary>
    long Size { get; }
}
