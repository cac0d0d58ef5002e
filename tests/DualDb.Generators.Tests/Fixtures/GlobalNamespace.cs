// Everything in the global namespace, and an internal root.

using DualDb;

[Neon]
internal sealed partial record Thing
{
    [Key]
    public int Id { get; init; }
}

[Neon]
public sealed partial record OpenThing
{
    [Key]
    public int Id { get; init; }
}

[DualDatabase]
internal sealed partial class ThingDb;
