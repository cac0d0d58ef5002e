namespace DualDb.Generators.Parsing;

/// <summary>What generated code says about its origin, and what it asks of the compiler.</summary>
internal static class GeneratorInfo
{
    /// <summary>The tool that <c>[GeneratedCode]</c> names.</summary>
    public const string Name = "DualDb.Generators";
}
