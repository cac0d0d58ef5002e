namespace DualDb.Migrations.Tests.Recipes;

/// <summary>What a version of the application says to its database. <c>@id</c> is a key that is there, or was; <c>@n</c> a number.</summary>
/// <param name="Reads">What it asks.</param>
/// <param name="Writes">What it changes.</param>
internal sealed record AppVersion(IReadOnlyList<string> Reads, IReadOnlyList<string> Writes)
{
    /// <summary>Whether it can do with a value that it reads.</summary>
    public Func<object?, bool> Understands { get; init; } = static _ => true;
}
