using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

/// <summary>Models whose names come close to those of generated code. Nothing is wrong with them, and what is generated for them compiles.</summary>
public sealed class UnusualModelsTests
{
    [Theory]
    [InlineData("[Neon] public sealed partial record @class([property: Key] long @long, string @field, string value, string @record);")]
    [InlineData("[Neon] public sealed partial class @record { [Key] public long @event { get; set; } }")]
    [InlineData("public enum Color { Red } [Neon] public sealed partial class Paint { [Key] public Color Color { get; set; } [Unique] public string System { get; set; } = \"\"; [Unique] public string DualDb { get; set; } = \"\"; }")]
    [InlineData("namespace Shop.DualDb; [Neon] public sealed partial class Column { [Key] public long Id { get; set; } } [Neon] public sealed partial class Repository { [Key] public long Id { get; set; } }")]
    [InlineData("namespace Shop.System; [Neon] public sealed partial class Statement { [Key] public long Id { get; set; } } [Neon] public sealed partial class IDualDatabase { [Key] public long Id { get; set; } }")]
    [InlineData("[Neon] public sealed partial record A([property: Key] long Id, [property: References<A>] long? CancellationToken, [property: References<A>] long? Transaction, [property: Unique] string Argument);")]
    [InlineData("[Neon] public sealed partial record A([property: Key] long Id, [property: References<A>] long B, [property: References<A>] long Bs);")]
    [InlineData("[Neon] public sealed partial record A([property: Key] long Id, [property: Unique, References<A>] long B, string Table, string Columns, string Info);")]
    [InlineData("[Neon] public sealed partial record A([property: Key] long Id, [property: Unique] string ById, [property: Unique] string FindAsync);")]
    [InlineData("[Neon] public sealed partial record Order([property: Key] long Id); [Neon(\"x\", Set = \"Order\")] public sealed partial record Line([property: Key] long Id);")]
    [InlineData("[DualDatabase] public sealed partial class Db; [Neon(Set = \"IDb\")] public sealed partial record Line([property: Key] long Id); [Neon(Set = \"neon\")] public sealed partial record B([property: Key] long Id); [Neon(Set = \"class\")] public sealed partial record C([property: Key] long Id);")]
    [InlineData("public class Base { public long Id { get; set; } } [Neon] public sealed partial class A : Base { [Key] public new long Id { get; set; } }")]
    [InlineData("public class Base { public virtual long Id { get; set; } } [Neon] public sealed partial class A : Base { [Key] public override long Id { get => base.Id; } }")]
    [InlineData("[Neon] public sealed partial class A { [Key] public long Id { get; set; } [Column] protected internal string X { get; private protected set; } = \"\"; }")]
    [InlineData("[Neon] partial class A { [Key] public required long Id { get; init; } [Column] private string _x { get; set; } = \"\"; public string X { get; init; } = \"\"; }")]
    public Task Unusual_names_are_fine(string code) => Verify.IsSilentAsync(code);
}
