namespace DualDb;

/// <summary>A remark that the database keeps with the table or the column, for those who look into it with other tools. Migrations write it; <c>CreateTablesAsync</c> does not.</summary>
/// <param name="text">The remark.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class CommentAttribute(string text) : Attribute
{
    /// <summary>The remark.</summary>
    public string Text { get; } = text;
}
