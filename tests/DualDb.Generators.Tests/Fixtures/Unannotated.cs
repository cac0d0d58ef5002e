// A project without nullable annotations: nothing says that a text is never null, except that a key never is.
#nullable disable

using System.Collections.Generic;
using DualDb;

namespace Unannotated;

[Neon]
public partial class Plain
{
    [Key]
    public string Id { get; set; }

    public string Name { get; set; }

    public List<string> Tags { get; set; }

    public int? Number { get; set; }
}
