package analyzer

// Hat is a role that someone has in a system for a time, told from what they did; never a title.
type Hat string

// The hats.
const (
	HatRescue           Hat = "rescue"            // solves what is urgent and new
	HatImplementer      Hat = "implementer"       // writes the code
	HatTechLead         Hat = "tech lead"         // reviews, and touches most of it
	HatArchitect        Hat = "architect"         // changes that join several systems
	HatSupport          Hat = "support"           // answers requests
	HatOperationManager Hat = "operation manager" // assigns and closes
	HatBridge           Hat = "bridge"            // writes procedures that others then follow
	HatAssociate        Hat = "associate"         // works by procedure
)

// HatCoverage is how many people wear a hat in a system, in the quarter before the as-of date, from at least five
// events each; 0 where the work is there, but nobody did enough of it. It never says who.
type HatCoverage struct {
	Hat    Hat
	People int
	Events int // of that kind in the system, by anyone: n
}
